/** Where one patient stands in a chart of many. */
export function PatientMark({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <path
      d={`M${x} ${y - 7}L${x + 6} ${y}L${x} ${y + 7}L${x - 6} ${y}Z`}
      fill="var(--sts-patient, #000)"
      stroke="var(--sts-background, #fff)"
    />
  );
}
