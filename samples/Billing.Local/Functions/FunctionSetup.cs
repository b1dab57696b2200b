namespace Billing.Local.Functions;

/// <summary>How the processes of a function are started.</summary>
/// <param name="Name">The function, which is its handler.</param>
/// <param name="Program">The executable.</param>
/// <param name="Variables">The environment variables.</param>
/// <param name="Timeout">How long an invocation may take.</param>
/// <param name="Time">The clock.</param>
/// <param name="Line">Gets what the function writes.</param>
/// <param name="Taken">Gets the process that an event is handed to.</param>
internal sealed record FunctionSetup(string Name, FunctionProgram Program, IReadOnlyDictionary<string, string> Variables, TimeSpan Timeout, TimeProvider Time, Action<string> Line, Action<int> Taken);
