import {
  base,
  de,
  de_CH,
  el,
  en,
  en_GB,
  en_IN,
  es,
  Faker,
  fa,
  fr,
  he,
  ja,
  ko,
  pl,
  pt_BR,
  ru,
  sv,
  th,
  tr,
  uk,
  vi,
  zh_CN,
} from '@faker-js/faker'

/** A made-up person: the same one for the same seed and number. Addresses are at reserved domains only. */
export type SamplePerson = {
  id: string
  firstName: string
  lastName: string
  screenName: string
  email: string
  gender: 0 | 1 | 2
  country: string
  city: string
  zip: string
  language: string
  title: string | null
  company: string | null
  tags: string | null
  description: string | null
  /** Epoch seconds. */
  dateOfBirth: number
  status: 0 | 1 | 2
  isAdmin: boolean
  hasLogin: boolean
  /** Epoch milliseconds; 0 for never. */
  lastLoginAt: number
  createdAt: number
  updatedAt: number
}

/** Where people come from: how they write, and how many of a hundred there are. */
const origins = [
  { locale: en, country: 'US', language: 'en', share: 18 },
  { locale: en_GB, country: 'GB', language: 'en', share: 8 },
  { locale: de, country: 'DE', language: 'de', share: 9 },
  { locale: de_CH, country: 'CH', language: 'de', share: 3 },
  { locale: fr, country: 'FR', language: 'fr', share: 7 },
  { locale: es, country: 'ES', language: 'es', share: 6 },
  { locale: pt_BR, country: 'BR', language: 'pt', share: 5 },
  { locale: pl, country: 'PL', language: 'pl', share: 4 },
  { locale: sv, country: 'SE', language: 'sv', share: 3 },
  { locale: tr, country: 'TR', language: 'tr', share: 4 },
  { locale: vi, country: 'VN', language: 'vi', share: 3 },
  { locale: en_IN, country: 'IN', language: 'en', share: 6 },
  { locale: ru, country: 'KZ', language: 'ru', share: 4 },
  { locale: uk, country: 'UA', language: 'uk', share: 3 },
  { locale: el, country: 'GR', language: 'el', share: 2 },
  { locale: he, country: 'IL', language: 'he', share: 2 },
  { locale: fa, country: 'IR', language: 'fa', share: 3 },
  { locale: zh_CN, country: 'CN', language: 'zh', share: 5 },
  { locale: ja, country: 'JP', language: 'ja', share: 3 },
  { locale: ko, country: 'KR', language: 'ko', share: 1 },
  { locale: th, country: 'TH', language: 'th', share: 1 },
]

const tags = ['staff', 'student', 'partner', 'trial', 'enterprise', 'eu', 'beta', 'alumni', 'press', 'on-site']

const start = Date.UTC(2016, 0, 1)
const tenYears = 10 * 365.25 * 24 * 60 * 60 * 1000

/** People in order of creation over ten years. */
export function* samplePeople(count: number, seed: number): Generator<SamplePerson> {
  const fakers = origins.map((origin) => ({ ...origin, faker: new Faker({ locale: [origin.locale, en, base] }) }))
  for (const { faker } of fakers) faker.seed(seed)
  const pick = new Faker({ locale: [en, base] })
  pick.seed(seed)
  const weighted = fakers.map((origin) => ({ weight: origin.share, value: origin }))

  for (let number = 0; number < count; number++) {
    const { faker, country, language } = pick.helpers.weightedArrayElement(weighted)
    yield person(pick, faker, { country, language, number, seed, createdAt: Math.floor(start + (tenYears * number) / count) })
  }
}

type Frame = { country: string; language: string; number: number; seed: number; createdAt: number }

function person(pick: Faker, faker: Faker, { country, language, number, seed, createdAt }: Frame): SamplePerson {
  const gender = pick.helpers.weightedArrayElement([
    { weight: 47, value: 1 as const },
    { weight: 47, value: 2 as const },
    { weight: 6, value: 0 as const },
  ])
  const sex = gender === 1 ? 'male' : 'female'
  const firstName = faker.person.firstName(sex)
  const lastName = lastNameOf(pick, faker, sex)
  const email = `${handle(firstName, lastName)}${seed}-${number}@${country.toLowerCase()}.example`
  const hasLogin = pick.datatype.boolean(0.4)
  const isAdmin = hasLogin && pick.datatype.boolean(0.01)
  const lives = start + tenYears - createdAt

  return {
    id: pick.datatype.boolean(0.7) ? email : `emp-${seed}-${100_000 + number}`,
    firstName,
    lastName,
    screenName: pick.datatype.boolean(0.8) ? `${firstName} ${lastName}` : handle(firstName, lastName),
    email,
    gender,
    country,
    city: faker.location.city(),
    zip: faker.location.zipCode(),
    language,
    title: pick.datatype.boolean(0.5) ? pick.person.jobTitle() : null,
    company: pick.datatype.boolean(0.5) ? faker.company.name() : null,
    tags: pick.helpers.arrayElements(tags, { min: 0, max: 3 }).join(',') || null,
    description: pick.datatype.boolean(0.2) ? pick.lorem.sentences({ min: 1, max: 4 }) : null,
    dateOfBirth:
      Math.floor(pick.date.birthdate({ mode: 'age', min: 18, max: 80, refDate: start }).getTime() / 86_400_000) * 86_400,
    status: isAdmin
      ? 1
      : pick.helpers.weightedArrayElement([
          { weight: 92, value: 1 as const },
          { weight: 5, value: 0 as const },
          { weight: 3, value: 2 as const },
        ]),
    isAdmin,
    hasLogin,
    lastLoginAt: hasLogin && pick.datatype.boolean(0.8) ? Math.floor(createdAt + lives * pick.number.float()) : 0,
    createdAt,
    updatedAt: Math.floor(createdAt + lives * pick.number.float() ** 3),
  }
}

/** Most are plain; some are double, and a few as long as real life has them. */
function lastNameOf(pick: Faker, faker: Faker, sex: 'male' | 'female') {
  const one = faker.person.lastName(sex)
  const roll = pick.number.float()
  if (roll < 0.9) return one
  if (roll < 0.99) return `${one}-${faker.person.lastName(sex)}`
  return Array.from({ length: 6 }, () => faker.person.lastName(sex)).join(' ')
}

/** Latin letters and dots of a name, or nothing where it has none. */
function handle(firstName: string, lastName: string) {
  const latin = (name: string) =>
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()
  const parts = [latin(firstName), latin(lastName).slice(0, 40)].filter(Boolean)
  return parts.length > 0 ? `${parts.join('.')}.` : 'user'
}
