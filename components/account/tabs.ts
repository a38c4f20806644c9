/** The parts of "My account", in their order; the first is shown where the address names none. */
export const tabs = ['profile', 'email', 'password', 'factor', 'sessions', 'signIns', 'data'] as const
export type Tab = (typeof tabs)[number]

export const readTab = (sent: unknown): Tab => tabs.find((tab) => tab === sent) ?? 'profile'
