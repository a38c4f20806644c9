/**
 * What is measured: the same question to Usher, as the official client asks it, and to the reference, which only reads the body and runs
 * prepared statements. `aim` is the ratio to reach at 10 connections.
 */
let state = 1
let addedCount = 0

/** People come in an order that looks random and is the same in every run. */
function next(most) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * most)
}

const action = (service, name, body) => (product) => () => ({
  path: `/api_v3/service/${service}/action/${name}`,
  body: { ...body(product), format: 1, ks: product.ks },
})

const raw = (path, body) => (product) => () => ({ path, body: body(product) })

const anId = ({ ids }) => ids[next(ids.length)]
const aLogin = ({ logins }) => logins[next(logins.length)]
const aSignIn = ({ signIns }) => signIns[next(signIns.length)]

/** Terms that few, some and many people have. */
const terms = ['mar', 'ann', 'schm', 'example', 'li', 'ova', 'berg']
const aTerm = () => terms[next(terms.length)]

const added = () => {
  const id = `bench-${process.pid}-${addedCount++}`
  return { id, firstName: 'Bench', lastName: 'Mark', email: `${id}@bench.example`, tags: 'bench' }
}

const filter = (fields) => ({ filter: { objectType: 'KalturaUserFilter', ...fields }, pager: { pageSize: 30, pageIndex: 1 } })

export const cases = [
  {
    name: 'get',
    aim: 0.5,
    product: action('user', 'get', (at) => ({ userId: anId(at) })),
    reference: raw('/get', (at) => ({ userId: anId(at) })),
  },
  {
    name: 'getByLoginId',
    aim: 0.5,
    product: action('user', 'getByLoginId', (at) => ({ loginId: aLogin(at) })),
    reference: raw('/getByLoginId', (at) => ({ loginId: aLogin(at) })),
  },
  {
    name: 'list',
    aim: 0.5,
    product: action('user', 'list', () => filter({})),
    reference: raw('/list', () => ({ pageSize: 30 })),
  },
  {
    name: 'status',
    aim: 0.5,
    product: action('user', 'list', () => filter({ statusEqual: 0 })),
    reference: raw('/status', () => ({ status: 0, pageSize: 30 })),
  },
  {
    name: 'search',
    aim: 0.5,
    product: action('user', 'list', () => filter({ emailLike: aTerm() })),
    reference: raw('/search', () => ({ text: aTerm(), pageSize: 30 })),
  },
  {
    name: 'add',
    aim: 0.5,
    product: action('user', 'add', () => ({ user: { objectType: 'KalturaUser', ...added() } })),
    reference: raw('/add', added),
  },
  {
    name: 'update',
    aim: 0.5,
    product: action('user', 'update', (at) => ({
      userId: anId(at),
      user: { objectType: 'KalturaUser', company: `Company ${next(1_000)}` },
    })),
    reference: raw('/update', (at) => ({ userId: anId(at), company: `Company ${next(1_000)}` })),
  },
  {
    name: 'loginByLoginId',
    aim: 0.9,
    product: (product) => () => ({
      path: '/api_v3/service/user/action/loginByLoginId',
      body: { ...aSignIn(product), partnerId: product.partnerId, format: 1 },
    }),
    reference: raw('/verify', aSignIn),
  },
  {
    name: 'multirequest',
    aim: 0.5,
    product: (product) => () => ({
      path: '/api_v3/service/multirequest',
      body: {
        ...Array.from({ length: 10 }, () => ({ service: 'user', action: 'get', userId: anId(product) })),
        format: 1,
        ks: product.ks,
      },
    }),
    reference: raw('/getMany', (at) => ({ userIds: Array.from({ length: 10 }, () => anId(at)) })),
  },
]
