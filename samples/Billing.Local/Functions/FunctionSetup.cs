namespace Billing.Local.Functions;

/// <summary>How the processes of a function are started.</summary>
/// <param name="Name">The name of the function, which is also its handler.</param>
/// <param name="Program">The executable.</param>
/// <param name="Variables">The environment variables.</param>
/// <param name="Timeout">The longest time that an invocation may take.</param>
/// <param name="Time">The clock.</param>
/// <param name="Line">Receives each line that the function writes.</param>
/// <param name="Taken">Receives the process that an event is given to.</param>
internal sealed record FunctionSetup(string Name, FunctionProgram Program, IReadOnlyDictionary<string, string> Variables, TimeSpan Timeout, TimeProvider Time, Action<string> Line, Action<int> Taken);
