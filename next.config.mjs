/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Their arguments hold passwords.
  logging: { serverFunctions: false },
  // The tests are part of the types: `npm run check` and `npm test` look at them, whoever only starts Usher need not wait.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'better-sqlite3', 'pg', 'pino'],
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  turbopack: { root: import.meta.dirname },
}
