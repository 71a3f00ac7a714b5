/** How wide a network is that is counted together, from who can be told apart to whoever has bought many addresses. */
export const WIDTHS = ['host', '/24', '/48'] as const;
export type Width = (typeof WIDTHS)[number];

/** A number for each width. */
export type ByWidth = Readonly<Record<Width, number>>;

/**
 * By how much a limit of a host rises for the wider networks around it: so much that a neighbour is not kept out by one who does too
 * much, and so little that whoever has a whole network cannot go on from one address to the next for ever.
 */
const RISE: ByWidth = { host: 1, '/24': 2.5, '/48': 5 };

/** A limit of one host, for all widths. */
export function rising(ofHost: number): ByWidth {
  const of = (width: Width) => Math.floor(ofHost * RISE[width]);
  return { host: of('host'), '/24': of('/24'), '/48': of('/48') };
}
