using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Roast.Benchmarks.Ratios;

// ratios, settings: interleaved runs (docs/benchmarks.md). Anything else goes to BenchmarkDotNet, for example --filter '*SteeredDecode*'.
if (args is ["ratios" or "settings", ..]) return RatiosCommand.Run(args);

// In this process: a project that BenchmarkDotNet generates would inherit this repository's locked packages and warnings as errors.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
