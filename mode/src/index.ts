export default { id: '@sts-habitat/mode' };
