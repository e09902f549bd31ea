// SPDX-License-Identifier: BSL-1.0
//
// Garmin's own decoder on FIT files, in one process. Prints JSON: fixes, and the CPU time as nanoseconds a byte.
//
//     node fitsdk.mjs ride.fit
import { readFileSync } from 'node:fs';
import { Decoder, Stream } from '@garmin/fitsdk';

const bytes = readFileSync(process.argv[2]);
const times = [];
let fixes = 0;
for (let i = 0; i < 11; ++i) {
    const before = process.cpuUsage();
    const { messages } = new Decoder(Stream.fromBuffer(bytes)).read();
    const used = process.cpuUsage(before);
    fixes = messages.recordMesgs.length;
    if (i > 1) times.push((used.user + used.system) * 1000 / bytes.length);  // the first two warm up
}
console.log(JSON.stringify({ fixes, ns: times.sort((x, y) => x - y)[Math.floor(times.length / 2)] }));
