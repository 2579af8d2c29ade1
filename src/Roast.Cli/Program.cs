using System.Text;
using Roast.Cli;

// A model writes any character; elsewhere UTF-8 is what the console has already.
if (OperatingSystem.IsWindows()) Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await App.RunAsync(args, Console.Out, Console.Error, isTerminal: true);
