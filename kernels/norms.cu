// norms: out[r] = |x[r, :]|, the Euclidean norm.  Their mean over rollouts is r of a relative strength, and a row that holds NaN or
// infinity shows as a norm that is not finite (the square of a float32 cannot overflow a float64), so this is the finiteness check too.
//   x [N, stride] of f32, f16 or bf16, W <= stride; out [N] f64.
//   Grid N (at most 65535 blocks, which stride over the rows), block 256: a thread owns n = 16 / bytes columns every 256n.
//   float64 sums, joined by a fixed tree.  Twin: NormsTwin, same order, same bits.  Roof: device copy bandwidth; each value read once.
#include "gpu.h"

template <class T> DEV void norms(const u8* __restrict__ x, double* __restrict__ out, i64 stride, int count, int width)
{
    __shared__ double scratch[8];
    const bool whole = rows_aligned(x, stride * T::bytes);
    for (int r = block_x(); r < count; r += blocks_x()) {
        double sum = 0;
        for (int c = thread_x() * T::n; c < width; c += 256 * T::n) {
            float f[T::n];
            load_columns<T>(x + r * stride * T::bytes, c, width, whole, f);
#pragma unroll
            for (int i = 0; i < T::n; i++) sum = fused((double)f[i], (double)f[i], sum);
        }
        sum = over_block<Sum>(sum, scratch);
        if (thread_x() == 0) out[r] = root(sum);
    }
}
#define NORMS(type, T) extern "C" __global__ void __launch_bounds__(256) norms_##type(const u8* __restrict__ x, double* __restrict__ out, \
    i64 stride, int count, int width) { norms<T>(x, out, stride, count, width); }
NORMS(f32, F32)
NORMS(f16, F16)
NORMS(bf16, Bf16)
