import { NomogramChart } from '../charts/NomogramChart';
import { roundTicks } from '../charts/scale';
import { nomogramAxes } from '../src/report/nomogramAxes';
import type { Model } from '../src/model/schema';

export function Nomogram({ model }: { readonly model: Model }) {
  return (
    <NomogramChart
      title="Points of each covariate, and the risk under their total"
      description="Read the points of each covariate on the first axis, add them, and read the risk under the total."
      {...nomogramAxes(model, roundTicks)}
    />
  );
}
