/** Takes settings from `.env`, if there is one; the environment's own come first. */
try {
  process.loadEnvFile?.('.env')
} catch (error) {
  if (error.code !== 'ENOENT') throw error
}
