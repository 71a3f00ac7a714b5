import nodeModule from 'node:module';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'node_modules', '.cache', 'compiled');

interface FromNode22 {
  /** Keeps what V8 has compiled, and gives it to the next process of the same user and version of Node. */
  enableCompileCache?(folder: string): unknown;
}

// Node 20 compiles everything anew at each start. Where the folder cannot be written, nothing is kept, and no error is
// thrown; a NODE_COMPILE_CACHE of the operator's counts before it.
(nodeModule as FromNode22).enableCompileCache?.(FOLDER);
