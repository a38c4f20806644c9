/** What a job can be, and how far. A page that only names one needs none of the schemas. */

export const jobTypes = ['import', 'export'] as const
/** `partial`: some rows of the file were refused. */
export const jobStates = ['waiting', 'running', 'done', 'partial', 'failed', 'cancelled'] as const
