namespace Roast.Onnx;

/// <summary>What a <see cref="SpeedTest"/> measured.</summary>
/// <param name="PromptTokens">Tokens of each row's prompt.</param>
/// <param name="NewTokens">New tokens of each row.</param>
/// <param name="Trials">Trials of each setting.</param>
/// <param name="Threads">Threads inside one operator.</param>
/// <param name="Settings">One entry per row count and steering, the unsteered one of a row count first.</param>
public sealed record SpeedReport(int PromptTokens, int NewTokens, int Trials, int Threads, IReadOnlyList<SpeedOfSetting> Settings);

/// <summary>One setting's speed.</summary>
/// <param name="Rows">Rows that decoded together.</param>
/// <param name="Vectors">Distinct vectors among them; 0: none, 1 in several rows: shared.</param>
/// <param name="TimeToFirstToken">TTFT, milliseconds: from the request to the last row's first token, so all prompts are in it.</param>
/// <param name="TimePerToken">TPOT, milliseconds: one decode step of all rows, after the first tokens.</param>
/// <param name="EndToEnd">E2E, milliseconds.</param>
/// <param name="TokensPerSecond">New tokens of all rows over E2E.</param>
/// <param name="RatioToUnsteered">Median over trials of TPOT over the unsteered setting's TPOT in the same round; 1 for that one.</param>
public sealed record SpeedOfSetting(int Rows, int Vectors, Spread TimeToFirstToken, Spread TimePerToken, Spread EndToEnd, Spread TokensPerSecond, Spread RatioToUnsteered);
