import type { Text } from './text';

/** A town or district, as those name it who live or work there. */
export interface ServedPlace {
  readonly name: Text;
  /** The towns and quarters that belong to it, where they have names of their own. */
  readonly towns: readonly string[];
  /** With what its postcodes begin: "402", "40721". */
  readonly postcodes: readonly string[];
}
