export const bundlers = []
