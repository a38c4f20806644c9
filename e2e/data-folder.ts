import { join } from 'node:path'
import Database from 'better-sqlite3'

/** The data folder of the running product, for what a story cannot bring about, or look at, by the product itself. */
export const dataDir = () => process.env.USHER_E2E_DATA_DIR ?? ''

export const openDatabase = (options?: Database.Options) => new Database(join(dataDir(), 'usher.db'), options)
