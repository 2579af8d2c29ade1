// copy: blocks of bytes within one buffer, apart by two strides: the first tokens of a row of a KV cache, every head of every layer at once.
//   Block b of `blocks` goes from `from` to `to`, each plus (b / count) * group_stride + (b % count) * stride.  Source and target do not overlap.
//   bytes, a block's, < 2^31; strides in bytes; all of them and both places even: elements have two bytes or four.
//   16-byte accesses where both places and both strides allow, else two bytes at a time.
//   Grid (ceil(bytes / 4096), blocks), blocks stride over more than 65535; block 256: a thread owns 16 bytes.
//   Twin: CopyTwin.  Roof: device copy bandwidth.
#include "gpu.h"

extern "C" __global__ void __launch_bounds__(256) copy(const u8* __restrict__ from, u8* __restrict__ to, i64 stride, i64 group_stride, int bytes, int count, int blocks)
{
    const int c = (block_x() * 256 + thread_x()) * 16;
    if (c >= bytes) return;
    const bool whole = (((u64)from | (u64)to | (u64)stride | (u64)group_stride) & 15) == 0 && c + 16 <= bytes;
    for (int b = block_y(); b < blocks; b += blocks_y()) {
        const i64 at = (b / count) * group_stride + (b % count) * stride + c;
        if (whole) *(words*)(to + at) = *(const words*)(from + at);
        else for (int i = 0; i < 16 && c + i < bytes; i += 2) *(u16*)(to + at + i) = *(const u16*)(from + at + i);
    }
}
