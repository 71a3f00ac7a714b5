import type { Highs, ModelData } from 'highs';

/** HiGHS's codes of a model whose optimum was found, and of one that has no solution. */
const OPTIMAL = 7;
const INFEASIBLE = 8;

/** A linear program that is to be made as cheap as possible. Variables are at least 0. */
export interface LinearProgram {
  /** Adds a row, and returns its index. @param least absent: there is no lower bound */
  row(most: number, least?: number): number;
  /**
   * Adds a variable. Only rows bound it from above: a bound of its own would have a share in their prices.
   *
   * @param rows those in which it counts once
   * @param relieves those in which it counts −1
   */
  variable(part: { cost: number; rows: readonly number[]; relieves?: readonly number[] }): void;
  /** Returns the values of the variables that cost least if all are whole numbers; undefined if no such values fit the rows. */
  cheapestWhole(): number[] | undefined;
  /** Returns by how much the least cost falls if the bound of a row rises by one: at least 0, one price a row. */
  prices(): Float64Array;
}

export function linearProgram(highs: Highs): LinearProgram {
  const rows: { readonly least: number; readonly most: number }[] = [];
  const costs: number[] = [];
  const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
  const model = (): ModelData => ({
    numCols: costs.length,
    numRows: rows.length,
    colCost: costs,
    colLower: costs.map(() => 0),
    colUpper: costs.map(() => highs.infinity),
    rowLower: rows.map(({ least }) => least),
    rowUpper: rows.map(({ most }) => most),
    matrix: { format: 'csc', numRows: rows.length, numCols: costs.length, starts, indices, values },
  });
  return {
    row: (most, least = -highs.infinity) => rows.push({ least, most }) - 1,
    variable({ cost, rows: within, relieves = [] }) {
      indices.push(...within, ...relieves);
      values.push(...within.map(() => 1), ...relieves.map(() => -1));
      starts.push(indices.length);
      costs.push(cost);
    },
    cheapestWhole() {
      const { value } = highs.raw.mipCall({ ...model(), integrality: costs.map(() => 1) });
      if (value?.modelStatus === INFEASIBLE) return undefined;
      if (value?.modelStatus !== OPTIMAL) throw new Error(`HiGHS: no optimum, status ${value?.modelStatus}`);
      return [...value.solution.colValue].map(Math.round);
    },
    prices() {
      if (costs.length === 0) return new Float64Array(rows.length);
      const { value } = highs.raw.lpCall(model());
      if (value?.modelStatus !== OPTIMAL) throw new Error(`HiGHS: no optimum, status ${value?.modelStatus}`);
      return value.solution.rowDual.map((dual) => Math.max(0, -dual));
    },
  };
}
