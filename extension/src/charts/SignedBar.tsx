/** A signed value as a bar that grows left or right from the middle. The number stands beside it. */
export function SignedBar({
  value,
  largest,
}: {
  readonly value: number;
  readonly largest: number;
}) {
  const half = largest > 0 ? (Math.abs(value) / largest) * 50 : 0;
  return (
    <svg
      className="sts-signed-bar"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="sts-signed-bar-track" width={100} height={10} />
      <rect
        className={value < 0 ? 'sts-signed-bar-down' : 'sts-signed-bar-up'}
        x={value < 0 ? 50 - half : 50}
        width={half}
        height={10}
      />
      <line x1={50} x2={50} y1={0} y2={10} />
    </svg>
  );
}
