import 'server-only'
import { LRUCache } from 'lru-cache'
import { findPartnerRow, type PartnerRow } from '@/db/queries/partners'
import { partnerStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import { partnerSettings } from '@/lib/action/partner-settings'
import { seal, unseal } from './seal'

export type PartnerSecrets = { admin: string[]; user: string }

/** An account with its settings, or null. */
export async function findPartner(id: number): Promise<Partner | null> {
  const row = await findPartnerRow(id)
  return row && toPartner(row)
}

export function toPartner({ id, name, status, ownerKey, settings }: PartnerRow): Partner {
  return { id, name, status, ownerKey, settings: partnerSettings(settings) }
}

/** Active or read-only (§2.1): only then is anything done for it. */
export function isOpen(partner: Partner) {
  return partner.status === partnerStatus.active || partner.status === partnerStatus.readOnly
}

const opened = new LRUCache<string, PartnerSecrets>({ max: 1_000 })

/** The account's secrets in clear; the first admin secret signs. */
export function secretsOf({ id, adminSecrets, userSecret }: PartnerRow): PartnerSecrets {
  const key = [id, ...adminSecrets, userSecret].join()
  let secrets = opened.get(key)
  if (!secrets) {
    secrets = { admin: adminSecrets.map((secret) => unsealSecret(id, secret)), user: unsealSecret(id, userSecret) }
    opened.set(key, secrets)
  }
  return secrets
}

export const sealSecret = (partnerId: number, secret: string) => seal(secret, secretLabel(partnerId))

/** Throws where it was sealed under another secret of the installation. */
export const unsealSecret = (partnerId: number, sealed: string) => unseal(sealed, secretLabel(partnerId))

const secretLabel = (partnerId: number) => `partner-secret:${partnerId}`
