'use client'

import type { ReactNode } from 'react'
import { de } from './de'
import { Spoken } from './spoken'

export const InGerman = ({ children }: { children: ReactNode }) => <Spoken text={de}>{children}</Spoken>
