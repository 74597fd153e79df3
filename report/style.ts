export const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; color: #1c232b; background: #fff; margin: 0; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 28px 64px; }
h1 { font-size: 27px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 44px 0 8px; padding-top: 14px; border-top: 1px solid #dfe3e8; }
h3 { font-size: 16px; margin: 24px 0 6px; }
p { max-width: 76ch; margin: 8px 0; }
.subtitle, figcaption small, .note { color: #5a6572; }
.research { background: #fff4d6; border: 1px solid #e0b84a; border-radius: 6px; padding: 10px 14px; margin: 16px 0; font-weight: 600; }
.cautions { border-left: 4px solid #d55e00; padding: 2px 0 2px 30px; }
.cautions li { margin: 5px 0; max-width: 84ch; }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px; margin: 18px 0; }
.key div { border: 1px solid #dfe3e8; border-radius: 6px; padding: 10px 12px; }
.key b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
.key span { color: #5a6572; font-size: 13px; }
.sts-chart { margin: 16px 0; break-inside: avoid; }
.sts-chart svg { display: block; width: 100%; height: auto; }
.sts-chart figcaption { font-weight: 600; margin-bottom: 6px; }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); gap: 8px 32px; align-items: start; }
.narrow { max-width: 680px; }
.half { max-width: 500px; }
td[colspan] { text-align: left; color: #5a6572; padding-left: 24px; }
details { margin: 4px 0; }
summary { cursor: pointer; color: #0b5cad; font-size: 13px; }
.sts-table { overflow-x: auto; margin: 10px 0; }
table { border-collapse: collapse; font-size: 12.5px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 4px 0; }
th, td { padding: 4px 11px 4px 0; text-align: right; border-bottom: 1px solid #e8ebef; white-space: nowrap; }
thead th { border-bottom: 2px solid #b8c0ca; vertical-align: bottom; white-space: normal; }
th[scope=row], thead th:first-child { text-align: left; font-weight: 400; }
tr.chosen th, tr.chosen td { font-weight: 700; background: #eef5fb; }
dl { display: grid; grid-template-columns: minmax(150px, 220px) 1fr; gap: 4px 18px; margin: 10px 0; }
dt { color: #5a6572; } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: #f4f6f8; padding: 10px 12px; border-radius: 6px; overflow-x: auto; font-size: 12.5px; white-space: pre-wrap; }
footer { margin-top: 48px; color: #5a6572; font-size: 13px; }
@media print {
  main { max-width: none; padding: 0; }
  summary { display: none; }
  h2, h3, figcaption { break-after: avoid; }
  .sts-table, .key, .row > * { break-inside: avoid; }
  .sts-table { overflow: visible; }
  table { font-size: 10px; }
  th, td { white-space: normal; padding-right: 7px; }
  @page { margin: 12mm; }
}
`;
