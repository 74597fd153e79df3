import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';
import { say, timed } from './say.mjs';

/** Package name -> why it is needed. */
export const ARCHIVE = {
  orthanc: 'the DICOM archive',
  'orthanc-dicomweb': 'its DICOMweb interface',
};
export const BROWSER = { chromium: 'the browser that the tests drive' };
export const VALIDATORS = {
  dicom3tools: 'dciodvfy, checks SEG and SR',
  'pixelmed-apps': 'PixelMed, checks the SR templates',
  'libpixelmed-java': 'PixelMed, checks the SR templates',
  dcmtk: 'dsrdump and dcmdump, read SR and SEG',
  'python3-pydicom': 'reads SEG independently of us',
  'python3-numpy': 'pixel data in pydicom',
};

/**
 * Installs what is missing, as root or with passwordless sudo. Off Debian it says what to get and
 * goes on: the programs may be there under another name.
 */
export async function ensureDebianPackages(packages) {
  const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  if (!isDebian) {
    say(
      `- This is not Debian: make sure that you have ${Object.entries(packages).map(describe).join(', ')}; see docs/testing.md.`,
    );
    return;
  }
  const missing = Object.entries(packages).filter(([name]) => !isInstalled(name));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name);
  const prefix = rootPrefix(names);
  say(`- Installing Debian packages: ${missing.map(describe).join(', ')}`);
  if (names.includes('orthanc'))
    say(
      '  (Debian may start a service of its own on port 8042; this project neither uses nor stops it.)',
    );
  await timed('Debian packages', async () => {
    await apt(prefix, ['update', '-qq']);
    await apt(prefix, ['install', '-y', '-qq', '--no-install-recommends', ...names]);
  });
}

function describe([name, why]) {
  return `${name} (${why})`;
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], {
    encoding: 'utf8',
  });
  return query.status === 0 && query.stdout === 'installed';
}

function rootPrefix(names) {
  if (process.getuid?.() === 0) return [];
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
  throw new Error(
    `Debian packages are missing and need root: sudo apt-get install -y ${names.join(' ')}`,
  );
}

async function apt(prefix, args) {
  const [program, ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-o',
    'Dpkg::Use-Pty=0',
    '-o',
    'DPkg::Lock::Timeout=300',
    ...args,
  ];
  const log = path.join(root, '.data/setup/apt.log');
  mkdirSync(path.dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  try {
    await run(program, rest, { stdout: output, stderr: output });
  } catch (error) {
    throw new Error(`${error.message}\n${lastLines(log)}`, { cause: error });
  } finally {
    closeSync(output);
  }
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
