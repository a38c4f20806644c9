import { Box, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: ReactNode; description?: ReactNode; children?: ReactNode }

/** The heading of a page, what it is about, and at its end the buttons for the whole page. */
export function PageHeader({ title, description, children }: Props) {
  return (
    <Group component="header" justify="space-between" align="flex-end" gap="sm" mb="lg">
      <Box miw={0}>
        <Title order={1}>{title}</Title>
        {description && (
          <Text c="dimmed" size="sm" mt={4}>
            {description}
          </Text>
        )}
      </Box>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  )
}
