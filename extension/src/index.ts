export default { id: '@sts-habitat/extension' };
