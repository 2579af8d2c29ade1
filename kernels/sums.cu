// sums: what a rollout that ended has captured goes into the sums of its question, where the model runs (DESIGN 2.3).
//   x[c] = row[c] (sums_row), or (float)(steps[most * at[p] + number * width of p + c - at[p]] / count) (sums_mean: the mean of a rollout's steps)
//   total[c] += x[c];   norm[p] += |x at point p|;   bad[p], unless it is not 0 already: 0, or where x at p is not finite,
//     tag << 33 | lowest such column of the row << 2 | 0 NaN, 1 infinity, 2 -infinity: the first row that holds such a value, and what it holds
//   at [P+1] i32 where each point's columns begin, at[P] = W the end; row [W] f32; steps f64, point after point [most, width of the point];
//   total [W] f64, norm [P] f64, bad [P] u64; tag in 1 .. 2^31 - 1.
//   Grid P (at most 65535, strides over points), block 256: a thread owns 4 columns of a point every 1024 and is the only one that touches them.
//   float64 sums in the order of the launches, norms by norms' tree, no atomics: the bits of SumsTwin on every device.
//   Roof: device copy bandwidth at 20 bytes a column (sums_mean: 24); a launch has few blocks, and is one a rollout, not one a step.
#include "gpu.h"

DEV bool is_finite(float f) { return (bits(f) & 0x7f800000u) != 0x7f800000u; }

struct Row {
    const float* row;
    DEV bool whole(const Row& s, int from) { return rows_aligned(s.row + from, 0); }
    DEV void load(const Row& s, int from, int c, int width, bool whole, float (&f)[4]) { load_columns<F32>((const u8*)(s.row + from), c, width, whole, f); }
};
struct Steps {
    const double* steps; int most, number, count;
    DEV bool whole(const Steps&, int) { return false; }
    DEV void load(const Steps& s, int from, int c, int width, bool, float (&f)[4])
    {
        const double* sum = s.steps + (i64)s.most * from + (i64)s.number * width + c;
#pragma unroll
        for (int i = 0; i < 4; i++) f[i] = c + i < width ? (float)(sum[i] / s.count) : 0.0f;
    }
};

template <class From> DEV void sums(const From& source, const int* __restrict__ at, double* __restrict__ total, double* __restrict__ norm, u64* __restrict__ bad, int tag, int points)
{
    __shared__ double scratch[8];
    for (int p = block_x(); p < points; p += blocks_x()) {
        const int from = at[p], width = at[p + 1] - from;
        const bool whole = From::whole(source, from), pairs = rows_aligned(total + from, 0);
        double squares = 0, worst = 0;                     // worst: width - column of the lowest value that is not finite
        for (int c = thread_x() * 4; c < width; c += 1024) {
            float f[4];
            From::load(source, from, c, width, whole, f);
#pragma unroll
            for (int i = 0; i < 4; i++) {
                squares = fused((double)f[i], (double)f[i], squares);
                const double left = width - c - i;
                if (!is_finite(f[i]) && left > worst) worst = left;
            }
            double* t = total + from + c;
            if (pairs && c + 4 <= width) {
                pair64 lo = *(const pair64*)t, hi = *(const pair64*)(t + 2);
                *(pair64*)t = pair64{lo[0] + (double)f[0], lo[1] + (double)f[1]};
                *(pair64*)(t + 2) = pair64{hi[0] + (double)f[2], hi[1] + (double)f[3]};
            } else {
#pragma unroll
                for (int i = 0; i < 4; i++) if (c + i < width) t[i] += (double)f[i];
            }
        }
        squares = over_block<Sum>(squares, scratch);
        worst = over_block<Greater>(worst, scratch);
        if (thread_x() == 0) {
            norm[p] += root(squares);
            if (worst > 0 && bad[p] == 0) {
                const int c = width - (int)worst;
                float f[4];
                From::load(source, from, c, width, false, f);
                const u64 kind = f[0] != f[0] ? 0 : f[0] > 0 ? 1 : 2;
                bad[p] = (u64)tag << 33 | (u64)(from + c) << 2 | kind;
            }
        }
    }
}

extern "C" __global__ void __launch_bounds__(256) sums_row(const float* __restrict__ row, const int* __restrict__ at, double* __restrict__ total,
    double* __restrict__ norm, u64* __restrict__ bad, int tag, int points) { sums(Row{row}, at, total, norm, bad, tag, points); }

extern "C" __global__ void __launch_bounds__(256) sums_mean(const double* __restrict__ steps, const int* __restrict__ at, double* __restrict__ total,
    double* __restrict__ norm, u64* __restrict__ bad, int tag, int points, int most, int number, int count)
{ sums(Steps{steps, most, number, count}, at, total, norm, bad, tag, points); }
