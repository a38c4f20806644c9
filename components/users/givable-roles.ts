/** Which roles a person chooses from: those in force. */
export const givableRoles = { filter: { statusEqual: 1 }, pager: { pageSize: 500 } } as const
