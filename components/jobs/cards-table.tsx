import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './jobs-table.module.css'

type Props<C extends string> = {
  caption: string
  columns: readonly C[]
  heads: Record<C, string>
  isStale?: boolean
  /** Rows of the class `row`, whose cells name their `data-column`. */
  children: ReactNode
}

/** Rows that are cards where there is little room; the roles say that they are still rows. */
export function CardsTable<C extends string>({ caption, columns, heads, isStale = false, children }: Props<C>) {
  return (
    <div className={classes['place']}>
      <Table verticalSpacing={9} horizontalSpacing="sm" role="table" aria-busy={isStale} className={classes['table']}>
        <Table.Caption hidden>{caption}</Table.Caption>
        <Table.Thead className={classes['head']} role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column} role="columnheader" data-column={column}>
                {heads[column]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className={isStale ? classes['stale'] : undefined} role="rowgroup">
          {children}
        </Table.Tbody>
      </Table>
    </div>
  )
}
