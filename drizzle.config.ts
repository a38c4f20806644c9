import { defineConfig } from 'drizzle-kit'
import { databaseUrl, dialectOf } from './db/url'

const dialect = dialectOf(databaseUrl())

export default defineConfig({
  dialect: dialect === 'postgres' ? 'postgresql' : 'sqlite',
  schema: './db/schema/*.ts',
  out: `./db/migrations/${dialect}`,
  casing: 'snake_case',
})
