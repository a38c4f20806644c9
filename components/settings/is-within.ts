/** Whether it is a whole number within the bounds; what the schema says of another is nothing for people. */
export const isWithin = (value: unknown, min: number, max: number) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max
