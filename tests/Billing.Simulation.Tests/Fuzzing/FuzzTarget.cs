namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>A reader, and what its inputs are made from.</summary>
/// <param name="Name">The name, as the nightly script prints it.</param>
/// <param name="Corpus">The inputs to change.</param>
/// <param name="ReadAsync">Reads an input. It throws what no input may make it throw. The number decides how the input is read.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, Func<byte[], int, Task> ReadAsync)
{
    public override string ToString() => Name;
}
