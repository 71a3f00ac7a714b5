import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const BILL = join(ROOT, 'sbom.cdx.json');
const LARGEST_BILL_BYTES = 50_000_000;

interface Manifest {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/**
 * Writes the bill of materials (CycloneDX) of what runs in production, from package.json and the lockfile.
 *
 * `npm sbom --omit dev` alone leaves out packages on which both the program and something of development depend, such as express (npm
 * 11.19). So npm is shown a project that has no development dependencies at all.
 */
function main(): void {
  const { devDependencies: _dev, ...manifest } = read<Manifest>('package.json');
  const lockfile = read<Lockfile>('package-lock.json');
  const packages = Object.fromEntries(
    Object.entries(lockfile.packages)
      .filter(([, { dev }]) => !dev)
      .map(([path, each]) => [path, path === '' ? withoutDevelopment(each) : each]),
  );

  const temporary = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    // npm names the program by its folder.
    const project = join(temporary, manifest.name);
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ ...lockfile, packages }));
    const bill = billOf(project);
    const unnamed = Object.keys(manifest.dependencies).filter((name) => !bill.includes(JSON.stringify(name)));
    if (unnamed.length > 0) throw new Error(`npm sbom left out ${unnamed.join(', ')}`);
    writeFileSync(BILL, bill);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;
}

function withoutDevelopment(root: object): object {
  return { ...root, devDependencies: undefined };
}

/** @throws Error with what npm says, if it fails */
function billOf(project: string): string {
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: LARGEST_BILL_BYTES,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

main();
