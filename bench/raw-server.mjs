import { createServer } from 'node:http'
import { verify } from '@node-rs/argon2'
import Database from 'better-sqlite3'

/**
 * What the same questions cost at least: node:http and prepared statements on the same tables, indices and triggers, at the same
 * durability, with no check of anything.
 */
const [file, port] = process.argv.slice(2)
const database = new Database(file)
for (const pragma of ['journal_mode = wal', 'synchronous = full', 'cache_size = -65536', 'mmap_size = 1073741824'])
  database.pragma(pragma)

const partnerId = database.prepare('select max(id) from partners').pluck().get()
const range = [partnerId * 2 ** 32, partnerId * 2 ** 32 + (2 ** 32 - 1)]
const prepare = (sql) => database.prepare(sql)

const user = prepare('select * from users where partner_id = ? and id_key = ? and status <> 2')
const userOfLogin = prepare(
  'select * from users where login_data_id = (select id from login_data where login_email = ? and set_aside_at is null) and partner_id = ? and status <> 2',
)
const newest = prepare('select * from users where partner_id = ? and status in (0, 1) order by created_at desc, key desc limit ?')
const counts = prepare('select * from partner_counts where partner_id = ?')
const byStatus = prepare('select * from users where partner_id = ? and status = ? order by created_at desc, key desc limit ?')
// The words say in which order the tables are read: SQLite would look through the whole account.
const found = `from users_search cross join users on users.key = users_search.rowid
  where users_search match ? and users_search.rowid between ? and ? and partner_id = ? and status in (0, 1)
  and email_key like '%' || ? || '%'`
const foundShort = `from users where partner_id = ? and status in (0, 1) and email_key like '%' || ? || '%'`
const search = prepare(`select users.* ${found} order by created_at desc, key desc limit ?`)
const searchCount = prepare(`select count(*) ${found}`).pluck()
const searchShort = prepare(`select * ${foundShort} order by created_at desc, key desc limit ?`)
const searchShortCount = prepare(`select count(*) ${foundShort}`).pluck()
const password = prepare('select password_hash from login_data where login_email = ? and set_aside_at is null').pluck()

const columns = prepare('select name from pragma_table_info(?)').pluck().all('users')
const insert = prepare(`insert into users (${columns}) values (${columns.map((name) => `@${name}`)})`)
const template = prepare('select * from users where partner_id = ? and status = 1 and login_data_id is null limit 1').get(
  partnerId,
)
const nextKey = prepare(
  'update partner_counts set last_user_number = last_user_number + 1, active = active + 1 where partner_id = ? returning last_user_number',
).pluck()
const update = prepare(
  'update users set company = ?, updated_at = ?, version = version + 1 where partner_id = ? and id_key = ? and status <> 2 returning *',
)

const routes = {
  '/get': ({ userId }) => user.get(partnerId, userId.toLowerCase()),
  '/getByLoginId': ({ loginId }) => userOfLogin.get(loginId, partnerId),
  '/list': ({ pageSize }) => ({ totalCount: counts.get(partnerId), objects: newest.all(partnerId, pageSize) }),
  '/status': ({ status, pageSize }) => ({
    totalCount: counts.get(partnerId),
    objects: byStatus.all(partnerId, status, pageSize),
  }),
  '/search': ({ text, pageSize }) => {
    if (text.length < 3)
      return { totalCount: searchShortCount.get(partnerId, text), objects: searchShort.all(partnerId, text, pageSize) }
    const terms = [`"${text}"`, ...range, partnerId, text]
    return { totalCount: searchCount.get(...terms), objects: search.all(...terms, pageSize) }
  },
  '/add': database.transaction(({ id, firstName, lastName, email, tags }) => {
    const now = Date.now()
    const row = {
      ...template,
      id,
      id_key: id,
      first_name: firstName,
      first_name_key: firstName.toLowerCase(),
      last_name: lastName,
      last_name_key: lastName.toLowerCase(),
      full_name_key: `${firstName} ${lastName}`.toLowerCase(),
      email,
      email_key: email,
      tags,
      search_text: ` ${id} ${firstName} ${lastName} ${email}`.toLowerCase(),
      key: range[0] + nextKey.get(partnerId),
      created_at: now,
      updated_at: now,
    }
    insert.run(row)
    return row
  }).immediate,
  '/update': ({ userId, company }) => update.get(company, Date.now(), partnerId, userId.toLowerCase()),
  '/verify': ({ loginId, password: given }) => verify(password.get(loginId), given),
  '/getMany': ({ userIds }) => userIds.map((id) => user.get(partnerId, id.toLowerCase())),
}

const server = createServer((req, res) => {
  const parts = []
  req.on('data', (part) => parts.push(part))
  req.on('end', async () => {
    const answer = await routes[req.url](JSON.parse(Buffer.concat(parts).toString()))
    const body = JSON.stringify(answer)
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
  })
})
server.listen(Number(port), '127.0.0.1', () => console.log('ready'))
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeAllConnections()
})
