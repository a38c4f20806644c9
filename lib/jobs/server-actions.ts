'use server'

import { serverAction } from '@/lib/transport/server-action'
import { jobService } from './service'

export const getJob = serverAction(jobService.get)
export const listJobs = serverAction(jobService.list)
