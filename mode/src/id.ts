export const MODE_ID = '@sts-habitat/mode';
export const ROUTE_NAME = 'sts-habitat';
