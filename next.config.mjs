/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // To every browser the title comes with the page, never after it: a page without one has no name for who hears it.
  htmlLimitedBots: /.*/,
  // Their arguments hold passwords.
  logging: { serverFunctions: false },
  // Nothing is shown by the service that fetches pictures and makes them smaller: it is off.
  images: { unoptimized: true },
  // The tests are part of the types: `npm run check` and `npm test` look at them, whoever only starts Usher need not wait.
  typescript: { ignoreBuildErrors: true },
  // Native, or at odds with bundling: the mails are rendered by the whole of React, which pages on the server do not have.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@react-email/components',
    '@react-email/render',
    'better-sqlite3',
    'nodemailer',
    'pg',
    'pino',
  ],
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  turbopack: { root: import.meta.dirname },
}
