// scale: out[r, :] = sum over at[r] <= k < at[r+1] of strength[k] * v[pick[k], :].  Fills the port of one point before a decode step:
// a shared port is one row, per-row ports have a row each; a row without entries is not steered and gets zeros.
//   v [vectors, W] f32; at [R+1] i32; pick [entries] i32 inside 0..vectors; strength [entries] f32, unitless; out [R, W] f32, f16 or bf16.
//   Sums in float64, rounded to float32 once, then to the port's type: one vector gives float32's own s*v.
//   Any width, any alignment to the element.  Grid (ceil(W / 256n), R), blocks stride over R > 65535; block 256, a thread owns n = 16 / bytes of
//   out columns.  No shared memory.  Twin: ScaleTwin, same bits.  Roof: device copy bandwidth at 4 bytes read a term, one element written.
#include "gpu.h"

template <class T> DEV void scale(const u8* __restrict__ v, const int* __restrict__ at, const int* __restrict__ pick, const float* __restrict__ strength,
                                  u8* __restrict__ out, int rows, int width)
{
    const int c = (block_x() * 256 + thread_x()) * T::n;
    if (c >= width) return;
    const bool whole = rows_aligned(v, (i64)width * 4), whole_out = rows_aligned(out, (i64)width * T::bytes);
    for (int r = block_y(); r < rows; r += blocks_y()) {
        double sum[T::n] = {};
        int k = at[r];
        const int end = at[r + 1];
        float f[T::n];
        if (k < end) {                                     // the first term is no sum: 0 + -0 would turn -0 into +0
            load_columns<F32>(v + (i64)pick[k] * width * 4, c, width, whole, f);
            const double s = strength[k];
#pragma unroll
            for (int i = 0; i < T::n; i++) sum[i] = s * (double)f[i];
        }
        for (k++; k < end; k++) {
            load_columns<F32>(v + (i64)pick[k] * width * 4, c, width, whole, f);
            const double s = strength[k];
#pragma unroll
            for (int i = 0; i < T::n; i++) sum[i] = fused(s, (double)f[i], sum[i]);
        }
#pragma unroll
        for (int i = 0; i < T::n; i++) f[i] = (float)sum[i];
        store_columns<T>(out + (i64)r * width * T::bytes, c, width, whole_out, f);
    }
}
#define SCALE(type, T) extern "C" __global__ void __launch_bounds__(256) scale_##type(const u8* __restrict__ v, const int* __restrict__ at, \
    const int* __restrict__ pick, const float* __restrict__ strength, u8* __restrict__ out, int rows, int width) \
    { scale<T>(v, at, pick, strength, out, rows, width); }
SCALE(f32, F32)
SCALE(f16, F16)
SCALE(bf16, Bf16)
