/** For tests: milliseconds of processor time that the work took in this process, all threads together. A busy machine adds little to them. */
export async function cpuTime(work: () => unknown) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
