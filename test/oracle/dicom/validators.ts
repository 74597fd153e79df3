import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Validators of Debian (dicom3tools, dcmtk, pixelmed), with what counts as a pass. Returns one line
 * for each complaint, so that a test says `toEqual([])` and shows what is wrong.
 */

const PIXELMED_JAR = '/usr/share/java/pixelmed.jar';
const TOOLS = ['dciodvfy', 'dcentvfy', 'dsrdump', 'dsr2xml', 'dcmdump', 'java'];

function isInstalled(tool: string): boolean {
  return spawnSync('which', [tool]).status === 0;
}

export const MISSING_VALIDATORS = [
  ...TOOLS.filter((tool) => !isInstalled(tool)),
  ...(existsSync(PIXELMED_JAR) ? [] : ['pixelmed']),
];

/** Skips, with the reason in its name, where the validators are not installed. */
export function describeWithValidators(name: string, body: () => void): void {
  if (MISSING_VALIDATORS.length === 0) describe(name, body);
  else describe.skip(`${name} (skipped: ${MISSING_VALIDATORS.join(', ')} not installed)`, body);
}

/** Runs `use` with the files on disk, in a folder of their own that is removed afterwards. */
export function withFiles<T>(
  contents: readonly Uint8Array[],
  use: (files: readonly string[]) => T,
): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'sts-dicom-'));
  try {
    const files = contents.map((bytes, i) => {
      const file = path.join(folder, `${i}.dcm`);
      writeFileSync(file, bytes);
      return file;
    });
    return use(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Output {
  readonly status: number | null;
  readonly lines: readonly string[];
}

function run(command: string, args: readonly string[]): Output {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, lines: `${stdout}\n${stderr}`.split('\n') };
}

const JAVA_OPTIONS = [
  // The JDK limits XPath to less than the compiled templates need.
  '-Djdk.xml.xpathTotalOpLimit=0',
  '-Djdk.xml.xpathExprOpLimit=0',
  '-Djdk.xml.xpathExprGrpLimit=0',
  '-Xss64m',
  '-Xmx2g',
  '-cp',
  PIXELMED_JAR,
];
const RUNNER = 'test/oracle/dicom/ValidateAll.java';
/** A JDK runs a source file; a runtime alone does not. */
const HAS_JDK = isInstalled('javac');

/** What PixelMed says of each file: the templates of SR, or the attributes of other objects. */
function pixelmed(kind: 'sr' | 'instance', files: readonly string[]): string[][] {
  if (!HAS_JDK || files.length === 1) return files.map((file) => pixelmedAlone(kind, file));
  const { lines } = run('java', [...JAVA_OPTIONS, RUNNER, kind, ...files]);
  const said = new Map<string, string[]>(files.map((file) => [file, []]));
  let current: string[] | undefined;
  for (const line of lines) {
    if (line.startsWith('FILE ')) current = said.get(line.slice('FILE '.length));
    else current?.push(line);
  }
  return files.map((file) => said.get(file) ?? []);
}

function pixelmedAlone(kind: 'sr' | 'instance', file: string): string[] {
  const [name, ...options] =
    kind === 'instance'
      ? ['DicomInstanceValidator']
      : [
          'DicomSRValidator',
          '-checkcontentitemorder',
          '-checktemplateid',
          '-checkambiguoustemplate',
        ];
  const arguments_ = [...JAVA_OPTIONS, `com.pixelmed.validate.${name}`, ...options, file];
  return [...run('java', arguments_).lines];
}

/** dciodvfy: no error, and no warning beside a private scheme and an attribute younger than its tables. */
export function iodComplaints(file: string): string[] {
  const { status, lines } = run('dciodvfy', ['-new', file]);
  const complaints = lines.filter(
    (line) =>
      line.startsWith('Error') ||
      (line.startsWith('Warning') &&
        !line.includes('Unrecognized defined term = <99') &&
        !/ContributingEquipmentSequence.*DeviceUID/.test(line)),
  );
  return status === 0 ? complaints : [`dciodvfy exit ${String(status)}`, ...complaints];
}

/**
 * PixelMed's instance validator wants Laterality, which dciodvfy calls an error, and does not know
 * ISO_IR 192, so that it takes every letter beyond ASCII for illegal.
 */
function isFalseAlarm(line: string): boolean {
  return (
    line.includes('GeneralSeriesModule/Laterality') ||
    /Illegal character\(s\) '[^\p{ASCII}]+' in value/u.test(line)
  );
}

export function segmentationComplaints(file: string): string[] {
  return allSegmentationComplaints([file])[0];
}

/** Of each file; faster than one after the other. */
export function allSegmentationComplaints(files: readonly string[]): string[][] {
  return pixelmed('instance', files).map((lines, i) => [
    ...iodComplaints(files[i]),
    ...missing(lines, ['Found Segmentation IOD', 'IOD validation complete']),
    ...lines.filter((line) => line.startsWith('Error') && !isFalseAlarm(line)),
  ]);
}

export function reportComplaints(file: string): string[] {
  return allReportComplaints([file])[0];
}

/** Of each file; faster than one after the other. */
export function allReportComplaints(files: readonly string[]): string[][] {
  return pixelmed('sr', files).map((templates, i) => [
    ...iodComplaints(files[i]),
    ...readerComplaints('dsrdump', files[i]),
    ...readerComplaints('dsr2xml', files[i]),
    ...missing(templates, [
      'Found Root Template TID_1500 (MeasurementReport)',
      'Root Template Validation Complete',
      'IOD validation complete',
    ]),
    ...templates.filter((line) => line.includes('Error')),
    // The templates of this build are older than the rows for qualitative evaluations in groups.
    ...templates.filter(
      (line) =>
        line.startsWith('Warning') &&
        !/Subject Age.*Ambiguous|CODE \((RISKGRP|RPRS|NOMPROG\d+),.*not in template/.test(line),
    ),
  ]);
}

function readerComplaints(tool: string, file: string): string[] {
  const { status } = run(tool, tool === 'dsr2xml' ? [file, '/dev/null'] : [file]);
  return status === 0 ? [] : [`${tool} exit ${String(status)}`];
}

function missing(lines: readonly string[], expected: readonly string[]): string[] {
  return expected
    .filter((text) => !lines.some((line) => line.includes(text)))
    .map((text) => `the validator did not say: ${text}`);
}

/** All validators on one stored object, SEG or SR by its modality. */
export function failuresOf(part10: Uint8Array | ArrayBuffer): string[] {
  return withFiles([new Uint8Array(part10)], ([file]) => {
    const modality = run('dcmdump', ['+P', '0008,0060', file]).lines.join('');
    return modality.includes('[SR]') ? reportComplaints(file) : segmentationComplaints(file);
  });
}

/** dcentvfy: patient, study and frame of reference agree over all objects. */
export function entityComplaints(files: readonly string[]): string[] {
  return run('dcentvfy', files).lines.filter(
    (line) => /^(Error|Warning)/.test(line) && !/AccessionNumber/.test(line),
  );
}

/** Voxels of each segment as pydicom reads them: an independent reader. */
export function pydicomVoxels(file: string): Record<string, number> {
  const script = `
import json, sys, pydicom
ds = pydicom.dcmread(sys.argv[1])
px = ds.pixel_array
px = px if px.ndim == 3 else px[None]
counts = {}
for frame, groups in zip(px, ds.PerFrameFunctionalGroupsSequence):
    n = str(groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber)
    counts[n] = counts.get(n, 0) + int((frame > 0).sum())
print(json.dumps(counts))`;
  return JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8' }),
  ) as Record<string, number>;
}

/** Debian's pydicom needs numpy for pixels. */
export const HAS_PYDICOM =
  spawnSync('/usr/bin/python3', ['-c', 'import pydicom, numpy']).status === 0;
