using Roast.Cli;

return await App.RunAsync(args, Console.Out, Console.Error, isTerminal: true);
