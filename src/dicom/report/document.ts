import { PRIVATE_SCHEME, sameCode } from '../codes';
import type { Code } from '../codes';
import { DOCUMENT } from './concepts';
import { container, contains, modifier, coded } from './contentItem';
import type { Child, ContentItem } from './contentItem';
import type { VolumetricRoiMeasurements } from './templates';

/**
 * TID 1500 Measurement Report, PS3.16. What no item can know alone is checked here: a report that
 * exists refers only to its evidence, tracks every finding once and uses only codes it declares.
 */
export interface MeasurementReportContent {
  readonly title: Code;
  /** Device and person observer, subject: HAS OBS CONTEXT, in the order of the template. */
  readonly context: readonly Child[];
  readonly groups: readonly VolumetricRoiMeasurements[];
  readonly evaluations: readonly Child[];
  /** SOP Instance UIDs of the evidence sequence. */
  readonly evidence: ReadonlySet<string>;
}

/** "Imaging Measurement Report": OHIF 3.13 fails on it when groups have no coordinates. */
const TITLE_OHIF_FAILS_ON: Code = { value: '126000', scheme: 'DCM', meaning: '' };

/** @throws Error for content that would make an invalid, or an unreadable, report. */
export function measurementReport(content: MeasurementReportContent): ContentItem {
  const { title, groups, evidence } = content;
  if (sameCode(title, TITLE_OHIF_FAILS_ON)) throw new Error('title 126000 breaks viewers');
  requireTrackedOnce(groups);
  for (const { tracking, target } of groups) {
    if (!evidence.has(target.sopInstanceUid))
      throw new Error(`${tracking.id} refers to an object that is not evidence`);
  }
  const document = container(
    title,
    [
      modifier(coded(DOCUMENT.language, DOCUMENT.english)),
      ...content.context,
      modifier(coded(DOCUMENT.procedure, DOCUMENT.imagingProcedure)),
      contains(
        container(
          DOCUMENT.measurements,
          groups.map((group) => contains(group.item())),
        ),
      ),
      contains(container(DOCUMENT.evaluations, content.evaluations)),
    ],
    '1500',
  );
  requireDeclaredSchemes(document);
  return document;
}

function requireTrackedOnce(groups: readonly VolumetricRoiMeasurements[]): void {
  for (const key of ['id', 'uid'] as const) {
    const values = groups.map(({ tracking }) => tracking[key]);
    if (new Set(values).size < values.length) throw new Error(`a tracking ${key} is used twice`);
  }
}

function requireDeclaredSchemes(item: ContentItem): void {
  for (const { scheme } of [item.name, ...(item.code ? [item.code] : [])]) {
    if (scheme.startsWith('99') && scheme !== PRIVATE_SCHEME)
      throw new Error(`the private scheme ${scheme} is not declared`);
  }
  for (const child of item.children) requireDeclaredSchemes(child.item);
}
