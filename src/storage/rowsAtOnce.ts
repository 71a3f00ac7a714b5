import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Engine } from './engine';
import { fromJson } from './json';
import type { Database } from './schema';

type Table = keyof Database;
type Column<T extends Table> = keyof Database[T] & string;

const OBJECT = { sqlite: sql`json_object`, postgres: sql`json_build_object` };
const ARRAY = { sqlite: sql`json_group_array`, postgres: sql`json_agg` };

/**
 * Writes many small rows with one statement, as one JSON text: Kysely takes longer to name each value than SQLite to store
 * it. Only for columns of text and of whole numbers.
 *
 * @param isOnce rows that are there already are left as they are
 */
export async function insertAtOnce<T extends Table>(
  db: Kysely<Database>,
  { name }: Engine,
  { table, rows, isOnce = false }: { table: T; rows: readonly object[]; isOnce?: boolean },
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const named = sql.join(columns.map((column) => sql.ref(column)));
  const text = JSON.stringify(rows);
  const found =
    name === 'sqlite'
      ? sql`select ${sql.join(columns.map((column) => sql`value ->> ${sql.lit(column)}`))} from json_each(${text}) where true`
      : sql`select ${named} from json_populate_recordset(null::${sql.table(table)}, ${text}::json)`;
  const unless = isOnce ? sql`on conflict do nothing` : sql``;
  await sql`insert into ${sql.table(table)} (${named}) ${found} ${unless}`.execute(db);
}

/**
 * Reads small rows of a table as one JSON text: SQLite hands over a thousand rows one by one in five to ten times the
 * time. Only for columns of text and of numbers that JSON can hold.
 *
 * @param ordered the column by which the rows are sorted
 */
export async function rowsAtOnce<T extends Table, C extends Column<T>>(
  db: Kysely<Database>,
  { name }: Engine,
  {
    table,
    columns,
    where,
    ordered,
  }: { table: T; columns: readonly C[]; where: RawBuilder<boolean>; ordered: Column<T> },
): Promise<Pick<Database[T], C>[]> {
  const fields = columns.map((column) => sql`${sql.lit(column)}, ${sql.ref(column)}`);
  const { rows } = await sql<{ found: string | null }>`
    select cast(${ARRAY[name]}(${OBJECT[name]}(${sql.join(fields)}) order by ${sql.ref(ordered)}) as text) as found
    from ${sql.table(table)} where ${where}`.execute(db);
  return fromJson(rows[0]?.found ?? '[]');
}
