import { SUPPRESSED_BELOW } from '../../../domain/figures/suppression';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { figuresCsv, figureTables } from '../../figureTables';
import { type Operation, secured } from '../operation';
import * as schema from '../schemas';

/** Reads the figures of a desk, as JSON or, one table a file, as CSV. */
export function figureOperations({ app }: Pick<HttpDeps, 'app'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffFigures,
        id: 'readFigures',
        summary: 'What the desk did, by months that are over',
        description:
          'Both months count. What was told of a month never changes. Fewer than five people are hidden, and so is what would give them away.',
        query: schema.FiguresQuery,
        csv: 'export',
        answer: {
          status: 200,
          description: 'All tables; as CSV one of them',
          schema: schema.Figures,
        },
        problems: [403],
      },
      async ({ params, query, who }) => {
        const { from, to, table = 'consultations' } = query;
        const figures = await app.readFigures({ who, deskId: params.desk, from, to });
        return {
          body: {
            // Before the first month with a fact there was nothing, which is an answer; after the last there is none yet.
            from: from ?? figures.period?.from ?? null,
            to: figures.period?.to ?? to ?? null,
            suppressedBelow: SUPPRESSED_BELOW,
            tables: figureTables(figures).map(({ id, dimensions, rows, suggestion }) => ({
              ...{ id, dimensions, rows },
              ...(suggestion !== undefined && { suggestion }),
            })),
          },
          csv: () => figuresCsv(figures, table),
        };
      },
    ),
  ];
}
