import { harmonise } from '../../harmonise/combat';
import type { Model } from '../../model/schema';
import type { StageOutcome } from '../stageLog';

export function harmoniseStudy(
  values: readonly (number | null)[],
  { combat }: Pick<Model, 'combat'>,
  batch: string | null,
): StageOutcome<readonly (number | null)[]> {
  const result = harmonise(values, combat, batch);
  if (result.applied) {
    return {
      value: result.values,
      note: `ComBat with the model's parameters of batch "${result.batch}"`,
    };
  }
  return {
    value: result.values,
    applied: false,
    note: result.reason,
    flags: [
      {
        code: 'UNHARMONISED',
        stage: 'harmonise',
        message: `The features are not harmonised for the scanner. ${result.reason}`,
      },
    ],
  };
}
