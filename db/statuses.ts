/** The numbers of the contract by which rows say what became of them. Safe to import in the browser. */

export const userStatus = { blocked: 0, active: 1, deleted: 2 } as const
export const partnerStatus = { deleted: 0, active: 1, contentBlock: 2, fullBlock: 3, readOnly: 4 } as const
