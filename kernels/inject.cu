// inject: steers activations in place, for hosts that own the buffer: h[r, :] = h[r, :] + s*v[pick[r], :], or h[r, :] * (1 + s*v[pick[r], :]).
//   h [R, stride] f32, f16 or bf16, W <= stride; v [vectors, W] f32; pick [R] i32, below 0: this row is not steered; strength [R] f32, unitless;
//   scope [R] u8, 0: this position is outside the scope (null: all are inside); mul 0 or 1.  Rows of h must not overlap.
//   add: fma(s, v, h); mul: h * fma(s, v, 1); in float32, rounded once more to h's type.  s = 0 leaves every bit of the row alone.
//   Any width, any alignment to the element.  Grid (ceil(W / 256n), R), blocks stride over R > 65535; block 256, a thread owns n = 16 / bytes columns.
//   No shared memory.  Twin: InjectTwin, same bits.  Roof: device copy bandwidth at one element of h read and written, 4 bytes of v read.
#include "gpu.h"

template <class T> DEV void inject(u8* __restrict__ h, const u8* __restrict__ v, const int* __restrict__ pick, const float* __restrict__ strength,
                                   const u8* __restrict__ scope, i64 stride, int rows, int width, int mul)
{
    const int c = (block_x() * 256 + thread_x()) * T::n;
    if (c >= width) return;
    const bool whole = rows_aligned(h, stride * T::bytes), whole_v = rows_aligned(v, (i64)width * 4);
    for (int r = block_y(); r < rows; r += blocks_y()) {
        const float s = strength[r];
        if (pick[r] < 0 || s == 0 || (scope && !scope[r])) continue;
        u8* row = h + r * stride * T::bytes;
        float a[T::n], b[T::n];
        load_columns<T>(row, c, width, whole, a);
        load_columns<F32>(v + (i64)pick[r] * width * 4, c, width, whole_v, b);
#pragma unroll
        for (int i = 0; i < T::n; i++) a[i] = mul ? a[i] * fused(s, b[i], 1.0f) : fused(s, b[i], a[i]);
        store_columns<T>(row, c, width, whole, a);
    }
}
#define INJECT(type, T) extern "C" __global__ void __launch_bounds__(256) inject_##type(u8* __restrict__ h, const u8* __restrict__ v, \
    const int* __restrict__ pick, const float* __restrict__ strength, const u8* __restrict__ scope, i64 stride, int rows, int width, int mul) \
    { inject<T>(h, v, pick, strength, scope, stride, rows, width, mul); }
INJECT(f32, F32)
INJECT(f16, F16)
INJECT(bf16, Bf16)
