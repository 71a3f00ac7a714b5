import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';

/**
 * Notices whether a transaction has changed anything. As long as it has not, it sees what is committed, and so may share what is
 * remembered. Where it cannot be known (`returning`, statements that are no query), something counts as changed.
 */
export class ChangeNotice implements KyselyPlugin {
  hasChanged = false;

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (mayChange(node)) this.hasChanged = true;
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    if ((result.numAffectedRows ?? 0n) > 0n) this.hasChanged = true;
    return result;
  }
}

/** Tells whether the statement may change rows although its result does not count them: raw SQL other than `select`, and `returning`. */
function mayChange(node: RootOperationNode): boolean {
  if (node.kind === 'RawNode') return !/^\s*select\b/i.test(node.sqlFragments[0] ?? '');
  return 'returning' in node && node.returning !== undefined;
}
