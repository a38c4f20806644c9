'use client'

import type { ReactNode } from 'react'
import { en } from './en'
import { Spoken } from './spoken'

export const InEnglish = ({ children }: { children: ReactNode }) => <Spoken text={en}>{children}</Spoken>
