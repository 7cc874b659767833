using System.CommandLine;
using Connections.Snmp.Agent;

namespace Connections.Harness.Commands;

/// <summary>What simulated devices may be told to do wrong.</summary>
internal sealed class FaultOptions
{
    private readonly Option<double?> _latency = Options.Seconds("--latency", "How long a device takes to answer; none if left out.");
    private readonly Option<double?> _jitter = Options.Seconds("--jitter", "The most that is added to the latency, by chance.");
    private readonly Option<double?> _loss = Options.Probability("--loss", "The probability that a request is lost.");
    private readonly Option<double?> _replyLoss = Options.Probability("--reply-loss", "The probability that an answer is lost.");
    private readonly Option<double?> _duplication = Options.Probability("--duplication", "The probability that an answer comes twice.");
    private readonly Option<double?> _reordering = Options.Probability("--reordering", "The probability that an answer is held back.");
    private readonly Option<double?> _garbage = Options.Probability("--garbage", "The probability that an answer is garbage.");
    private readonly Option<double?> _truncation = Options.Probability("--truncation", "The probability that an answer is cut.");
    private readonly Option<double?> _tooBig = Options.Probability("--too-big", "The probability that a request is refused with tooBig.");
    private readonly Option<double?> _wrongDigest = Options.Probability("--wrong-digest", "The probability that a signature of SNMPv3 is wrong.");
    private readonly Option<double?> _staleTime = Options.Probability("--stale-time", "The probability that an answer of SNMPv3 tells a time that is past.");
    private readonly Option<double?> _commitFailure = Options.Probability("--commit-failure", "The probability that a SET fails with commitFailed.");
    private readonly Option<int?> _maxVarBinds = Options.Number("--max-varbinds", "The most varbinds of an answer to GETBULK, as in devices that cut rows.", 1, 65_535);
    private readonly Option<int?> _seed = Options.Number("--seed", "Decides which faults happen; 1 if left out.", 0, int.MaxValue);

    internal IReadOnlyList<Option> All =>
        [_latency, _jitter, _loss, _replyLoss, _duplication, _reordering, _garbage, _truncation, _tooBig, _wrongDigest, _staleTime, _commitFailure, _maxVarBinds, _seed];

    internal SimulatedDeviceOptions Apply(ParseResult parsed, SimulatedDeviceOptions options) => options with
    {
        Latency = TimeSpan.FromSeconds(parsed.GetValue(_latency) ?? 0),
        Jitter = TimeSpan.FromSeconds(parsed.GetValue(_jitter) ?? 0),
        Loss = parsed.GetValue(_loss) ?? 0,
        Seed = parsed.GetValue(_seed) ?? 1,
        Faults = new DeviceFaults
        {
            ReplyLoss = parsed.GetValue(_replyLoss) ?? 0,
            Duplication = parsed.GetValue(_duplication) ?? 0,
            Reordering = parsed.GetValue(_reordering) ?? 0,
            Garbage = parsed.GetValue(_garbage) ?? 0,
            Truncation = parsed.GetValue(_truncation) ?? 0,
            TooBig = parsed.GetValue(_tooBig) ?? 0,
            WrongDigest = parsed.GetValue(_wrongDigest) ?? 0,
            StaleTime = parsed.GetValue(_staleTime) ?? 0,
            CommitFailure = parsed.GetValue(_commitFailure) ?? 0,
            MaxVarBinds = parsed.GetValue(_maxVarBinds),
        },
    };
}
